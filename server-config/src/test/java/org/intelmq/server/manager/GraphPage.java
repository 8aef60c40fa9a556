package org.intelmq.server.manager;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The page of the configuration, its graph worked with the mouse. */
final class GraphPage {

    private static final String LOADED = "window.app && app.network && Object.keys(app.nodes).length > 0 && document.readyState == 'complete'";
    private static final String DIALOG = "body > .modal ";
    private static final String POPUP = "$('#network-popUp')";
    private static final String PLACE = "var r = document.querySelector('#network-container canvas').getBoundingClientRect();"
            + "var p = %s; return [Math.round(r.left + p.x), Math.round(r.top + p.y)]";

    private final PagesBrowser browser;

    private record Point(int x, int y) { }

    GraphPage(PagesBrowser browser) {
        this.browser = browser;
    }

    GraphPage open(String where) {
        browser.open("about:blank");
        browser.open("configs.html" + where);
        return awaitLoaded();
    }

    GraphPage awaitLoaded() {
        browser.await(LOADED);
        return this;
    }

    String places() {
        return browser.text("JSON.stringify(app.network.getPositions())");
    }

    String queues(String bot) {
        return browser.text("JSON.stringify(app.nodes['" + bot + "'].parameters.destination_queues)");
    }

    private Point at(String place) {
        List<?> point = (List<?>) browser.script(PLACE.formatted(place));
        return new Point(((Number) point.get(0)).intValue(), ((Number) point.get(1)).intValue());
    }

    private Point node(String id) {
        return at("app.network.canvasToDOM(app.network.getPositions(['" + id + "'])['" + id + "'])");
    }

    private void showAll() {
        browser.await("$('.modal-backdrop').length == 0");
        browser.script("app.network.unselectAll(); app.network.fit({animation: false}); app.network.redraw()");
    }

    void openGroup(String group) {
        WebElement item = browser.findByPath("//ul[@id='side-menu']/li/a[normalize-space()='" + group + "']");
        if (!String.valueOf(item.findElement(By.xpath("..")).getDomAttribute("class")).contains("active")) {
            item.click();
        }
        browser.await("$('#side-menu > li:has(> a:contains(" + group + ")) > ul').hasClass('in') && $('.collapsing').length == 0");
    }

    WebElement palette(String group, String name) {
        WebElement found = browser.find("#side-menu li[data-group='" + group + "'][data-name='" + name + "']");
        browser.script("arguments[0].scrollIntoView({block: 'center'})", found);
        return found;
    }

    /** Onto a free part of the graph. */
    void drag(String group, String name) {
        Point to = at("{x: 200, y: 200}");
        browser.actions().moveToElement(palette(group, name)).clickAndHold().moveToLocation(to.x() - 50, to.y() - 20).moveToLocation(to.x(), to.y())
                .release().perform();
        awaitPopup();
    }

    void addAtFreePlace() {
        click(".vis-add");
        browser.await("$('.vis-back').is(':visible')");
        Point free = at("{x: 60, y: 140}");
        browser.actions().moveToLocation(free.x(), free.y()).click().perform();
        awaitPopup();
    }

    private void awaitPopup() {
        browser.await(POPUP + ".is(':visible')");
    }

    void set(String field, String value) {
        browser.type("#network-popUp-fields input#" + field, value);
    }

    String shownValue(String field) {
        return browser.shown("#network-popUp-fields input#" + field).getDomProperty("value");
    }

    void removeField(String field) {
        browser.find("#network-popUp-fields input#" + field).findElement(By.xpath("../../td[3]/button")).click();
        browser.await("$('#network-popUp-fields input#" + field + "').length == 0");
    }

    void beginKey(String key, String value) {
        browser.click("#network-popUp .new-key-btn");
        browser.await("document.activeElement.name == 'newKeyInput'");
        fillKey(key, value);
    }

    void fillKey(String key, String value) {
        browser.type(DIALOG + "[name=newKeyInput]", key);
        browser.type(DIALOG + "[name=newValueInput]", value);
        browser.click(DIALOG + "button[type=submit]");
    }

    void awaitKey(String key) {
        browser.await("$('#network-popUp-fields input#" + key + "').length == 1 && $('body > .modal:visible').length == 0");
    }

    void accept() {
        browser.click("#network-popUp-ok");
    }

    void awaitClosed() {
        browser.await(POPUP + ".is(':hidden')");
    }

    void cancel() {
        browser.click("#network-popUp-cancel");
        awaitClosed();
    }

    void connect(String from, String to) {
        showAll();
        browser.script("app.network.manipulation.showManipulatorToolbar()");
        click(".vis-connect");
        browser.await("$('.vis-back').is(':visible')");
        Point begin = node(from);
        Point end = node(to);
        browser.actions().moveToLocation(begin.x(), begin.y()).clickAndHold().moveToLocation((begin.x() + end.x()) / 2 + 20, (begin.y() + end.y()) / 2 + 20)
                .moveToLocation(end.x(), end.y()).release().perform();
        if (Boolean.TRUE.equals(browser.script("return $('.vis-back').is(':visible')"))) {
            click(".vis-back");
        }
    }

    void select(String bot) {
        showAll();
        Point point = node(bot);
        browser.actions().moveToLocation(point.x(), point.y()).click().perform();
        browser.await("app.network.getSelectedNodes()[0] == '" + bot + "'");
    }

    /** @param id sender, receiver and path with bars between */
    void selectQueue(String id) {
        browser.script("app.network.unselectAll(); app.network.setSelection({nodes: [], edges: [arguments[0]]}, {highlightEdges: false});"
                + "app.network.manipulation.showManipulatorToolbar()", id);
        browser.await("app.network.getSelectedEdges()[0] == '" + id + "'");
    }

    /** A button of the bar above the graph. */
    void click(String button) {
        browser.click(".vis-manipulation " + button);
    }

    void edit(String bot) {
        select(bot);
        click(".vis-edit");
        awaitPopup();
    }

    void nameQueue(String id, String path) {
        selectQueue(id);
        click(".vis-edit");
        browser.await("$('body > .modal input').is(':focus')");
        browser.type(DIALOG + "input", path);
        browser.click(DIALOG + "button[type=submit]");
    }

    /** One of the labels at the right. */
    void label(String css) {
        browser.click("#network-container " + css);
    }
}
