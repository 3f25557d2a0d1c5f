/**
 * What the whole application layer of DLMS/COSEM speaks of: OBIS codes, references, results, units
 * and errors.
 */
@NullMarked
package io.dlms4j.cosem;

import org.jspecify.annotations.NullMarked;
