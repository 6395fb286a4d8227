package dev.offload.sample.web;

import java.util.regex.Pattern;

import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import dev.offload.sample.document.Stamper;

/**
 * Stamps documents that are uploaded. Files of any size pass through: they go to the
 * worker, and come back from it, as files.
 */
@RestController
class StampController {

	/** What the font of the stamp has. */
	private static final Pattern TEXT = Pattern.compile("[ -~]{1,80}");

	private final Stamper stamper;

	StampController(Stamper stamper) {
		this.stamper = stamper;
	}

	@PostMapping(path = "/documents/stamped", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ResponseEntity<Resource> stamp(@RequestParam MultipartFile file, @RequestParam String text) {
		if (!TEXT.matcher(text).matches()) {
			throw Problems.exception(HttpStatus.BAD_REQUEST, "wrong-text",
					"text must be 1 to 80 letters, digits and signs of ASCII, but is '" + text + "'");
		}
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_PDF)
			.cacheControl(CacheControl.noStore())
			.body(new InputStreamResource(this.stamper.stamp(file, text)));
	}

}
