/** Golden vectors: octets that a meter and its reader have exchanged, annotated field by field. */
@NullMarked
package io.dlms4j.vectors;

import org.jspecify.annotations.NullMarked;
