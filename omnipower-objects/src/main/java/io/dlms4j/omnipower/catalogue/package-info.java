/**
 * The objects of the vendor's list as data. Nothing outside this package knows an OBIS code of the
 * vendor's.
 */
@NullMarked
package io.dlms4j.omnipower.catalogue;

import org.jspecify.annotations.NullMarked;
