import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints one line a failed clause of each profile: profile, clause, test, message, first place; then "checked". */
class Check {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String profile : new String[] {"3a", "ua1"}) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
            TreeSet<String> seen = new TreeSet<>();
            try (InputStream in = new FileInputStream(args[0]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                for (TestAssertion fault : validator.validate(parser).getTestAssertions()) {
                    String rule = profile + "\t" + fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber();
                    if (seen.add(rule)) {
                        System.out.println(rule + "\t" + fault.getMessage() + "\t" + fault.getLocation().getContext());
                    }
                }
            }
            System.out.println(profile + "\tchecked");
        }
    }
}
