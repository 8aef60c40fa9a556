package org.intelmq.conformance;

import java.nio.file.Path;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;
import org.intelmq.replay.ReplaySite;

/** Installations to replay cases at. */
final class Sites {

    private Sites() { }

    static ReplaySite at(Path root) {
        return new ReplaySite(Installation.at(root), Map.of(), Catalogue.load(Sites.class.getClassLoader()), null, null);
    }
}
