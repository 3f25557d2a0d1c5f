/** What authenticates a client and protects APDUs (Green Book 9.2). */
@NullMarked
package io.dlms4j.cosem.security;

import org.jspecify.annotations.NullMarked;
