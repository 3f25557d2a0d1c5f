/** A-XDR (IEC 61334-6). */
@NullMarked
package io.dlms4j.axdr;

import org.jspecify.annotations.NullMarked;
