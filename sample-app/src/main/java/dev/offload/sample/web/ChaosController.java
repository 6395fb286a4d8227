package dev.offload.sample.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.sample.chaos.Chaos;
import dev.offload.sample.chaos.ChaosKind;
import dev.offload.sample.chaos.ChaosReport;

/**
 * Lets a worker go wrong on request.
 */
@RestController
class ChaosController {

	private final Chaos chaos;

	ChaosController(Chaos chaos) {
		this.chaos = chaos;
	}

	@PostMapping("/chaos/{kind}")
	ResponseEntity<ChaosReport> unleash(@PathVariable String kind) throws Exception {
		ChaosReport report = this.chaos.unleash(ChaosKind.find(kind).orElseThrow(() -> unknown(kind)));
		return ResponseEntity.ok().header(WorkerHeaders.WORKER_PID, String.valueOf(report.workerPid())).body(report);
	}

	private static ErrorResponseException unknown(String kind) {
		ErrorResponseException problem = Problems.exception(HttpStatus.NOT_FOUND, "unknown-chaos",
				"There is no chaos '" + kind + "'; there are: " + String.join(", ", ChaosKind.ids()));
		problem.getBody().setProperty("kinds", ChaosKind.ids());
		return problem;
	}

}
