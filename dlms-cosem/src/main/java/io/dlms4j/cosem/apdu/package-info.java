/** The xDLMS APDUs (Green Book 9.5) as records, and a codec for each family of them. */
@NullMarked
package io.dlms4j.cosem.apdu;

import org.jspecify.annotations.NullMarked;
