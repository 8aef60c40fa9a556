/** The checks of an installation, the same before the start and while it runs. */
package org.intelmq.engine.check;
