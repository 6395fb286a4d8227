package dev.offload.sample.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says where the service listens, once it does.
 */
@Component
class StartMessage {

	private static final Logger logger = LoggerFactory.getLogger(StartMessage.class);

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context
				&& context.getWebServer() != null) {
			logger.info("The document service is ready at http://localhost:{}/", context.getWebServer().getPort());
		}
	}

}
