// In place of the package of this name, which writes <style> elements that the content security policy refuses: a style
// sheet made by the page itself. Dialogs use it to keep what is behind them from scrolling.
import { useEffect } from 'react';

export const styleSingleton = () =>
  function Sheet({ styles, dynamic }) {
    useEffect(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      document.adoptedStyleSheets.push(sheet);
      return () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      };
    }, [styles, dynamic]);
    return null;
  };
