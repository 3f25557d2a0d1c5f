/**
 * The meter's side of pushes: {@link io.dlms4j.server.push.PushObject} is a Push setup object (Blue
 * Book 4.4.8) that gathers the values of its list, and sends them to its destination on its own.
 */
@NullMarked
package io.dlms4j.server.push;

import org.jspecify.annotations.NullMarked;
