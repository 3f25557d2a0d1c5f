/**
 * Profiles (Blue Book 4.3.6, Profile generic, class_id 7) as objects of a server, over rows that
 * are kept anywhere.
 *
 * <p>{@link io.dlms4j.server.profile.ProfileObject} makes an object of any {@link
 * io.dlms4j.server.profile.RowSource}: a data base, a file, an array. {@link
 * io.dlms4j.server.profile.CapturingProfile} captures its rows itself, from the objects of the
 * logical device that it belongs to, and keeps them in memory. Either way rows are selected by
 * range, by entry and by column, and go to the client one by one.
 */
@NullMarked
package io.dlms4j.server.profile;

import org.jspecify.annotations.NullMarked;
