/** HTML as found in the wild. */
package org.intelmq.text.html;
