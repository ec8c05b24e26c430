"""The language server for YAML, spoken to as an editor does: JSON-RPC over standard input and output."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

FOLDER = Path(__file__).parent
PROGRAM = FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"


class LanguageServer:
    """With the settings that lie in the workspace's `.vscode/settings.json`."""

    def __init__(self, node: str, workspace: Path) -> None:
        self._workspace = workspace
        content = (workspace / ".vscode/settings.json").read_text(encoding="utf-8")
        self._settings = json.loads(content.partition("\n")[2])
        self._process = subprocess.Popen(
            [node, str(PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._asked = self._opened = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        uri = self._workspace.as_uri()
        can = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        folders = [{"uri": uri, "name": "planning"}]
        self.request(
            "initialize", {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": can}
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self._section("")}})
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: str, text: str) -> Opened:
        """A text under the name of a planning file, in a folder of its own, so that nothing told is of another."""
        self._opened += 1
        uri = (self._workspace / str(self._opened) / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._diagnostics:
            self._read()
        told = [(each["range"]["start"]["line"] + 1, each["message"]) for each in self._diagnostics[uri]]
        return Opened(self, uri, told)

    def _section(self, name: str) -> Any:
        """`yaml.hover: true` is what the server knows as `{yaml: {hover: true}}`."""
        nested: dict[str, Any] = {}
        for key, value in self._settings.items():
            *folders, last = key.split(".")
            inner = nested
            for folder in folders:
                inner = inner.setdefault(folder, {})
            inner[last] = value
        return nested.get(name) if name else nested

    def request(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._asked and "method" not in message:
                return message.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError("the language server has ended")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            answer = [self._section(item.get("section", "")) for item in items]
            self._send({"id": message["id"], "result": answer or None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


class Opened(NamedTuple):
    """A text in the editor, and the lines, from 1, of which something is said."""

    server: LanguageServer
    uri: str
    faults: list[tuple[int, str]]

    def hover(self, line: int, column: int) -> str:
        found = self.server.request("textDocument/hover", self._at(line, column))
        return str(found["contents"]["value"]) if found else ""

    def proposals(self, line: int, column: int) -> dict[str, str]:
        """What is offered there, with its explanation."""
        found = self.server.request("textDocument/completion", self._at(line, column))
        items = found["items"] if isinstance(found, dict) else found
        return {each["label"]: str(each.get("documentation", "")) for each in items}

    def _at(self, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self.uri}, "position": {"line": line - 1, "character": column - 1}}
