package org.intelmq.conformance;

import java.nio.file.Path;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;
import org.intelmq.replay.Site;

/** Installations to replay cases at. */
final class Sites {

    private Sites() { }

    static Site at(Path root) {
        return new Site(Installation.at(root), Map.of(), Catalogue.load(Sites.class.getClassLoader()), null, null);
    }
}
