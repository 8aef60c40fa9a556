/** Fetches feeds that Microsoft shares through Azure's blob storage and through the Interflow API. */
package org.intelmq.bots.collectors.microsoft;
