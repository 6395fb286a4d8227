package dev.offload.spring.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why an endpoint did not do what it was asked to, as the body of the answer: a problem
 * of RFC 9457.
 *
 * @param title what the status means
 * @param status the status of the answer, 400 or 404
 * @param detail what was wrong, and what to ask instead
 */
public record RefusalDescriptor(String title, int status, String detail) implements OperationResponseBody {
}
