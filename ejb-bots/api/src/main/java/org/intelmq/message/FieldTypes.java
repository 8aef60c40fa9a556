package org.intelmq.message;

import java.time.Clock;
import java.util.List;

/** The types of {@code harmonization.conf} by their names. */
public final class FieldTypes {

    public static final List<String> NAMES = List.of("ASN", "Accuracy", "Base64", "Boolean", "ClassificationTaxonomy",
            "ClassificationType", "DateTime", "FQDN", "Float", "GenericType", "IPAddress", "IPNetwork", "Integer", "JSON",
            "JSONDict", "LowercaseString", "Registry", "String", "TLP", "URL", "UppercaseString");

    private FieldTypes() { }

    public static FieldType named(String name) {
        return named(name, Clock.systemUTC());
    }

    /**
     * @param clock determines today's date, for times without a date
     * @return {@code null} if the type is unknown
     */
    public static FieldType named(String name, Clock clock) {
        return switch (name) {
            case "ASN" -> new AsnType(name);
            case "Accuracy" -> new FloatType(name, true);
            case "Base64" -> new Base64Type(name);
            case "Boolean" -> new BooleanType(name);
            case "ClassificationTaxonomy" -> ListedType.CLASSIFICATION_TAXONOMY;
            case "ClassificationType" -> ListedType.CLASSIFICATION_TYPE;
            case "DateTime" -> new DateTimeType(name, clock);
            case "FQDN" -> new FqdnType(name);
            case "Float" -> new FloatType(name, false);
            case "GenericType", "String" -> new TextType(name);
            case "IPAddress" -> new IpAddressType(name);
            case "IPNetwork" -> new IpNetworkType(name);
            case "Integer" -> new IntegerType(name);
            case "JSON" -> new JsonType(name, false);
            case "JSONDict" -> new JsonType(name, true);
            case "LowercaseString" -> new CaseType(name, true);
            case "Registry" -> ListedType.REGISTRY;
            case "TLP" -> ListedType.TLP;
            case "URL" -> new UrlType(name);
            case "UppercaseString" -> new CaseType(name, false);
            default -> null;
        };
    }
}
