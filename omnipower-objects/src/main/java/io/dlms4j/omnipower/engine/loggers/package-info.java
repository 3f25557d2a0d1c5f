/**
 * What a meter keeps of its past: loggers of data and of events (technical description 4.5, DLMS
 * description 3.4), and the words of its status.
 *
 * <p>Every logger is a ring of the permanent memory. Loggers of data have a schedule and end their
 * periods by it; those of events take what concerns tell them.
 */
@NullMarked
package io.dlms4j.omnipower.engine.loggers;

import org.jspecify.annotations.NullMarked;
