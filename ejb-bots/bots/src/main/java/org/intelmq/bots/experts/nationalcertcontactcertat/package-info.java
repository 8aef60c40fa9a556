/** Looks up country and national CERT at CERT.at's web service. */
package org.intelmq.bots.experts.nationalcertcontactcertat;
