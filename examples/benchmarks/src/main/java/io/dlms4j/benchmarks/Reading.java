package io.dlms4j.benchmarks;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;

/**
 * The answer to a GET of a register's value.
 *
 * @param invokeIdAndPriority which request was answered
 * @param value the value
 */
record Reading(InvokeIdAndPriority invokeIdAndPriority, CosemData value) {}
