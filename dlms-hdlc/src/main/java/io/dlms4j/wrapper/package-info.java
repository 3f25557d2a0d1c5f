/**
 * The COSEM wrapper: the link of the TCP-UDP/IP based profile (Green Book 7.3, IEC 62056-47).
 *
 * <p>{@link io.dlms4j.wrapper.WrapperStreamLink} runs on TCP, {@link
 * io.dlms4j.wrapper.WrapperDatagramLink} on UDP, each as client or as server; both are a {@link
 * io.dlms4j.link.Link}. {@link io.dlms4j.wrapper.Wpdu} reads and writes single units. Everything
 * here is pure: no socket, thread or clock.
 */
@NullMarked
package io.dlms4j.wrapper;

import org.jspecify.annotations.NullMarked;
