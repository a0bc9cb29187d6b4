/** An agent before a screen of their own: what tests see there, and how they take hold of it. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Name } from './desk';
import type { Look, Screens, Shown } from './screens';

export class Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[];

  private constructor(
    readonly name: Name,
    shown: Shown,
  ) {
    ({ page: this.page, context: this.context, problems: this.problems } = shown);
  }

  static async take(screens: Screens, name: Name, path = '/all?status=open', look: Look = {}): Promise<Seat> {
    return new Seat(name, await screens.inbox(name, path, { width: 1440, ...look }));
  }

  leave() {
    return this.context.close();
  }

  /** The row of a conversation in the list. */
  row = (id: string) => this.page.locator(`[data-conversation="${id}"]`);

  /** The ids of the rows that are drawn, from top to bottom. */
  rows = () =>
    this.page
      .locator('[data-conversation]')
      .evaluateAll((all) => all.map((it) => (it as HTMLElement).dataset['conversation']!));

  /** What stands in the thread and says this: a message, a note, something on its way. */
  said = (text: string) => this.page.locator('[data-row]', { hasText: text });

  get field() {
    return this.page.getByLabel(/^(Reply to|Note about) /);
  }

  get send() {
    return this.page.getByRole('button', { name: 'Send', exact: true });
  }

  get bar() {
    return this.page.locator('[data-window]');
  }

  /** What stands against what was sent. */
  get returned() {
    return this.page.getByRole('alert').filter({ hasText: 'Send anyway' });
  }

  async open(id: string) {
    await this.row(id).click();
    await this.field.waitFor();
  }

  async say(text: string) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Chooses in the list of choices that a key opens. */
  async choose(key: string, label: string, text: string) {
    await this.page.keyboard.press(key);
    const choices = this.page.getByRole('dialog', { name: label });
    await choices.getByRole('menuitem', { name: text }).waitFor();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Runs what the palette finds first. */
  async command(text: string) {
    await this.page.keyboard.press('Control+k');
    const palette = this.page.getByRole('dialog', { name: 'All actions' });
    await palette
      .getByRole('combobox')
      .or(palette.getByRole('searchbox'))
      .or(palette.getByRole('textbox'))
      .first()
      .fill(text);
    await palette.getByRole('option').or(palette.getByRole('menuitem')).first().waitFor();
    await this.page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
  }
}
