/**
 * What a meter measures in one second, and where that comes from: an analogue front end, a model, a
 * script or a recording.
 */
@NullMarked
package io.dlms4j.omnipower.measurement;

import org.jspecify.annotations.NullMarked;
