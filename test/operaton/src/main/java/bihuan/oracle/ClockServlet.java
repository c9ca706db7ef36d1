package bihuan.oracle;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.operaton.bpm.engine.impl.util.ClockUtil;

/**
 * The engine's clock: `GET /clock` answers it, `PUT /clock` with `{"now": epoch ms}` sets it, and it ticks from there. Operaton's REST
 * API has no such address; a demonstration whose clock is turned needs one.
 */
class ClockServlet extends HttpServlet {
  private static final Pattern NOW = Pattern.compile("\"now\"\\s*:\\s*(\\d{1,15})");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getWriter().write("{\"now\":" + ClockUtil.getCurrentTime().getTime() + "}");
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Matcher now = NOW.matcher(new String(request.getInputStream().readAllBytes()));
    if (!now.find()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "expected {\"now\": epoch ms}");
      return;
    }
    ClockUtil.offset(Long.parseLong(now.group(1)) - System.currentTimeMillis());
    doGet(request, response);
  }
}
