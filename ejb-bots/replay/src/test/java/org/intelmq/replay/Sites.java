package org.intelmq.replay;

import java.nio.file.Path;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;

/** Installations to replay cases at. */
final class Sites {

    private Sites() { }

    static ReplaySite at(Path root) {
        return at(root, null);
    }

    /** @param pipeline {@code null} for that of the installation */
    static ReplaySite at(Path root, Path pipeline) {
        return new ReplaySite(Installation.at(root), Map.of(), Catalogue.load(Sites.class.getClassLoader()), pipeline, null);
    }
}
