package org.intelmq.message;

/** The types of {@code harmonization.conf} by their names. */
final class FieldTypes {

    private FieldTypes() { }

    static FieldType named(String name) {
        return new TextType(name);
    }

    private record TextType(String name) implements FieldType {

        @Override
        public Object sanitize(Object value) {
            return value;
        }

        @Override
        public boolean isValid(Object value) {
            return value != null;
        }

        @Override
        public Object sanitizeSubitem(Object value) {
            return value;
        }

        @Override
        public boolean isValidSubitem(Object value) {
            return true;
        }
    }
}
