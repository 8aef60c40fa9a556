/** CSV, read and written as Python does. */
package org.intelmq.text.csv;
