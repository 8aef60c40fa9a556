/** Large reports in pieces, cut at line ends. */
package org.intelmq.chunks;
