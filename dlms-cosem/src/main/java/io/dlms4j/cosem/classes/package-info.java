/**
 * Interface classes of the Blue Book: what their attributes hold, as values to read and to write.
 */
@NullMarked
package io.dlms4j.cosem.classes;

import org.jspecify.annotations.NullMarked;
