/** Posts indicators to the REST interface of CIF version 3. */
package org.intelmq.bots.outputs.cif3;
