/**
 * Recorded readings of a meter as a backend: {@link io.dlms4j.omnipower.replay.Recording} is read
 * from a CSV file, and a {@link io.dlms4j.omnipower.replay.ReplayBackend} shows it at any time.
 */
@NullMarked
package io.dlms4j.omnipower.replay;

import org.jspecify.annotations.NullMarked;
