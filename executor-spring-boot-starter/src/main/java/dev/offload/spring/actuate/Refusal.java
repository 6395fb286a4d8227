package dev.offload.spring.actuate;

import java.io.Serial;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What was asked of an endpoint cannot be done, and why.
 */
final class Refusal extends InvalidEndpointRequestException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int status;

	private Refusal(int status, String reason) {
		super(reason, reason);
		this.status = status;
	}

	static Refusal of(String reason) {
		return new Refusal(WebEndpointResponse.STATUS_BAD_REQUEST, reason);
	}

	// What it was asked of is not there.
	static Refusal notFound(String reason) {
		return new Refusal(WebEndpointResponse.STATUS_NOT_FOUND, reason);
	}

	int status() {
		return this.status;
	}

}
