/** Cuts large reports into pieces at line ends. */
package org.intelmq.chunks;
