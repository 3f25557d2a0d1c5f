/**
 * The ACSE APDUs that open and close an application association (Green Book 9.4.2), and the names
 * they carry.
 */
@NullMarked
package io.dlms4j.cosem.acse;

import org.jspecify.annotations.NullMarked;
