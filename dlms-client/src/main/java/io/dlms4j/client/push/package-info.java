/**
 * The head-end's side of pushes: {@link io.dlms4j.client.push.PushListener} takes what meters tell
 * without being asked, on connections that they make themselves. What they tell on the connection
 * of a {@link io.dlms4j.client.DlmsClient} comes in the same form to a {@link
 * io.dlms4j.client.push.PushHandler} that is given to its builder.
 */
@NullMarked
package io.dlms4j.client.push;

import org.jspecify.annotations.NullMarked;
