/** Fetches files through GitHub's REST API for the contents of a repository. */
package org.intelmq.bots.collectors.github;
