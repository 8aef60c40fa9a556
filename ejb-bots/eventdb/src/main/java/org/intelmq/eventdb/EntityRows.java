package org.intelmq.eventdb;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.eclipse.persistence.descriptors.CachePolicy;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.RelationalDescriptor;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.mappings.AttributeAccessor;
import org.eclipse.persistence.mappings.DirectToFieldMapping;

/** Writes rows through EclipseLink: {@link EventRow} is mapped at run time, to the columns the table really has. */
final class EntityRows {

    private final Columns columns;
    private long numbers;

    EntityRows(Columns columns) {
        this.columns = columns;
    }

    void write(EntityManager entities, List<Object[]> rows) {
        // rows are never read again: straight to the session below, without the unit's copies and comparisons
        AbstractSession session = entities.unwrap(UnitOfWorkImpl.class).getParent();
        for (Object[] values : rows) {
            session.insertObject(new EventRow(values, ++numbers));
        }
        session.getAccessor().writesCompleted(session);
    }

    ClassDescriptor descriptor(CachePolicy notShared) {
        RelationalDescriptor descriptor = new RelationalDescriptor();
        descriptor.setJavaClass(EventRow.class);
        descriptor.setAlias("EventRow");
        DatabaseTable table = new DatabaseTable(quoted(columns.table().substring(columns.table().indexOf('.') + 1)), "");
        if (columns.table().indexOf('.') > 0) {
            table.setTableQualifier(columns.table().substring(0, columns.table().indexOf('.')));
        }
        descriptor.addTable(table);
        DatabaseField id = field("id", table);
        id.setInsertable(false);
        descriptor.addPrimaryKeyField(id);
        descriptor.addMapping(mapping("number", id, new Number()));
        for (int i = 0; i < columns.all().size(); i++) {
            DatabaseField field = field(columns.all().get(i).name(), table);
            field.setSqlType(columns.all().get(i).sqlType());
            descriptor.addMapping(mapping("value" + i, field, new Value(i)));
        }
        descriptor.setCachePolicy(notShared);
        return descriptor;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static DatabaseField field(String name, DatabaseTable table) {
        DatabaseField field = new DatabaseField();
        field.setName(name);
        field.setUseDelimiters(true);
        field.setTable(table);
        return field;
    }

    private static DirectToFieldMapping mapping(String attribute, DatabaseField field, AttributeAccessor accessor) {
        DirectToFieldMapping mapping = new DirectToFieldMapping();
        accessor.setAttributeName(attribute);
        mapping.setAttributeName(attribute);
        mapping.setAttributeAccessor(accessor);
        mapping.setField(field);
        return mapping;
    }

    private static final class Value extends AttributeAccessor {

        private final int index;

        Value(int index) {
            this.index = index;
        }

        @Override
        public Class<?> getAttributeClass() {
            return Object.class;
        }

        @Override
        public Object getAttributeValueFromObject(Object row) {
            return ((EventRow) row).values[index];
        }

        @Override
        public void setAttributeValueInObject(Object row, Object value) {
            ((EventRow) row).values[index] = value;
        }

        @Override
        public void initializeAttributes(Class<?> type) { }
    }

    private static final class Number extends AttributeAccessor {

        @Override
        public Class<?> getAttributeClass() {
            return Long.class;
        }

        @Override
        public Object getAttributeValueFromObject(Object row) {
            return ((EventRow) row).number;
        }

        @Override
        public void setAttributeValueInObject(Object row, Object value) {
            ((EventRow) row).number = (Long) value;
        }

        @Override
        public void initializeAttributes(Class<?> type) { }
    }
}
