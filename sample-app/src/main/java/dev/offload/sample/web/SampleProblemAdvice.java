package dev.offload.sample.web;

import java.util.Locale;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import dev.offload.sample.chaos.ChaosException;
import dev.offload.sample.document.DocumentException;
import dev.offload.sample.invoice.InvoiceNotFoundException;

/**
 * Answers with a problem document where a task of the sample itself failed. Its exception
 * was thrown in a worker, and is here as it was there. It goes before the other advice,
 * which would look at the causes of these exceptions.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class SampleProblemAdvice {

	@ExceptionHandler
	ProblemDetail notFound(InvoiceNotFoundException ex) {
		return Problems.of(HttpStatus.NOT_FOUND, "unknown-invoice", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail unreadable(DocumentException ex) {
		String name = ex.problem().name().toLowerCase(Locale.ROOT).replace('_', '-');
		return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "document-" + name, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail failed(ChaosException ex) {
		ProblemDetail problem = Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "task-failed",
				ex.getMessage() + "; the worker lives on");
		problem.setProperty("executor", "chaos");
		problem.setProperty("pid", ex.workerPid());
		if (ex.getCause() != null) {
			problem.setProperty("cause", ex.getCause().getClass().getName());
		}
		return problem;
	}

}
