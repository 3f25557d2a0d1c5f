/**
 * The abstract syntax of COSEM APDUs as data (Green Book 9.5), and its two readings: octets to a
 * tree of annotated fields, JSON to octets.
 */
@NullMarked
package io.dlms4j.examples.cli.syntax;

import org.jspecify.annotations.NullMarked;
