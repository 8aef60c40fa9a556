package org.intelmq.admin;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Our own interface; see the resources for what it offers. */
@ApplicationPath("/api/v1")
public class AdminApplication extends Application { }
