/**
 * The head-end's side of pushes: {@link io.dlms4j.client.push.PushListener} takes what meters tell
 * without being asked, on connections that they make themselves. What they tell on the connection
 * of a {@link io.dlms4j.client.DlmsClient} comes in the same form, {@link
 * io.dlms4j.client.push.ReceivedNotification}.
 */
@NullMarked
package io.dlms4j.client.push;

import org.jspecify.annotations.NullMarked;
