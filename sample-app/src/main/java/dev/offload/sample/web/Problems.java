package dev.offload.sample.web;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponseException;

/**
 * Makes problem documents as in RFC 9457.
 */
final class Problems {

	private Problems() {
	}

	/**
	 * Makes a problem document.
	 * @param status the status of the answer
	 * @param name what kind of problem it is, in words with hyphens
	 * @param detail what happened and what to do
	 * @return the document
	 */
	static ProblemDetail of(HttpStatus status, String name, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:offload-sample:" + name));
		problem.setTitle(StringUtils.capitalize(name.replace('-', ' ').toLowerCase(Locale.ROOT)));
		return problem;
	}

	/**
	 * Makes an exception that is answered with a problem document.
	 * @param status the status of the answer
	 * @param name what kind of problem it is, in words with hyphens
	 * @param detail what happened and what to do
	 * @return the exception
	 */
	static ErrorResponseException exception(HttpStatus status, String name, String detail) {
		return new ErrorResponseException(status, of(status, name, detail), null);
	}

}
