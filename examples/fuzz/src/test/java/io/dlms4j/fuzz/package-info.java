/**
 * Targets for coverage-guided fuzzing. {@code mvn verify -P fuzz -pl examples/fuzz -am} fuzzes;
 * without the profile each target runs its kept inputs, as a regression test.
 */
@NullMarked
package io.dlms4j.fuzz;

import org.jspecify.annotations.NullMarked;
