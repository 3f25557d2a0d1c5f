/**
 * Lines for tests: two links back to back on a virtual clock, with a line that does harm by seed.
 */
@NullMarked
package io.dlms4j.line;

import org.jspecify.annotations.NullMarked;
