package org.intelmq.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.intelmq.access.Role;

/** The least role for what is not an operation of the administration, which says its own. Without it everybody who is let in may ask. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {

    Role value();
}
