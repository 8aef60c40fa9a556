/** Reports and events: fields, the types of their values, the harmonization that names them, and JSON. */
package org.intelmq.message;
